"""What it costs: `python -m tests.bench` measures the product as it runs, beside baselines in the same run."""
