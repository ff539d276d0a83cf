"""Files for paper and spreadsheets: what leaves the system in a form people take with them."""
