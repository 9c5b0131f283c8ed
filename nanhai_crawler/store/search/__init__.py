"""Search: what holds a query, in order, counted and in its context; and the index that knows where to look."""
