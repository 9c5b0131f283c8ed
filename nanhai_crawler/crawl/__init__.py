"""Scrapy's room: the spider, and what stands between Scrapy and the archive. Nothing below knows Scrapy."""
