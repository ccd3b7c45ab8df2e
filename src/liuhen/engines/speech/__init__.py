"""What was said in a recording: a local speech model, if the installation has one, and where in
its words a phrase stands. Nothing leaves the machine."""
