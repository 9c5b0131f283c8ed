"""Text as such: cleaning, dates, credits, folding, index terms; knows neither HTML nor a database."""
