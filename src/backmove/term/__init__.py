"""The terminal: how things look (render returns, it never prints) and how questions are asked."""
