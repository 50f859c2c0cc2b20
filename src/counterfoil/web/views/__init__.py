"""What pages show: plain types made from domain types, ready for a template."""
