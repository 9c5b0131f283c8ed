"""Commands of Scrapy that this project has its own way of (Scrapy: COMMANDS_MODULE)."""
