from liuhen.access.extraction_models import Extraction, ExtractionItem, ExtractionState

__all__ = ["Extraction", "ExtractionItem", "ExtractionState"]
