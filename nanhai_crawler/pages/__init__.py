"""What a page says: HTML in, readings out. Pure: no framework, no database, no network.

The way through the room: ``document`` (bytes to a tree) → ``lines`` (the tree as the lines a reader sees) → ``kind``,
``breadcrumb``, ``info_zone``, ``title``, ``region`` (where things stand) → ``sections``, ``pictures``, ``attachments``,
``bylines`` (what they say) → ``article`` → ``reading``.
"""
