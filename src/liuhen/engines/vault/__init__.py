"""Write-once stores for originals, and the fast taking-in of files from a memory card.

Imports nothing by itself: worker processes start in milliseconds because of it.
"""
