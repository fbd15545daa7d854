"""Recipes: how each model and table that ships was made: corpus → augment → batches → loop → package."""
