"""What runs in the background: `duties` says what, `queueing` hands it to workers through RQ, `working` is a worker."""
