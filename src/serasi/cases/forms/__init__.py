"""What was typed on the pages of a case; decides and saves nothing."""
