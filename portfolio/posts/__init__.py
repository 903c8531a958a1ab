"""What channels outside are told: numbers, titles and the product's own sentences."""
