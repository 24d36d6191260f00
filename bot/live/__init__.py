"""Pages hear at once that something changed: server-sent events, beside the pages.

What changed is not told here. The page asks for it as it would without us, so that
rendering and permissions stay in one place.
"""
