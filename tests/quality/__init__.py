"""How well pages are read: the same words in many markups, a score a field, and floors that hold the scores up."""
