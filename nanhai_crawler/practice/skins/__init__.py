"""The markups that article pages are written in: a module each, from a view to the HTML between the menus."""
