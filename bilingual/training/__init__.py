"""Recipes: how each model and table that ships was made, so that anyone can make it again."""
