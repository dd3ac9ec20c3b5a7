"""Pure readers of text and markup: Swedish dates, people and their roles, videos, documents."""
