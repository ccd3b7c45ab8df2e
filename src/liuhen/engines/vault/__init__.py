"""Write-once stores for originals."""
