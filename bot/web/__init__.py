"""What every page needs: who is there, true forms, safe headers, errors, times."""
