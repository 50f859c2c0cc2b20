"""Analytics: what follows from what is stored. Nothing here is stored or decides anything."""
