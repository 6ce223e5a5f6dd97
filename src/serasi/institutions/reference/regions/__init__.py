"""The shipped list of regions and the script that makes it; read through `serasi.institutions.reference`."""
