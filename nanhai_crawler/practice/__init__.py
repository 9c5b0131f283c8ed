"""The practice site: an invented department's pages in the real shapes, their truth, a server on loopback."""
