"""What checks and audits cost, beside other tools."""
