# The same commands where make exists; each is a script that also works without it.
.PHONY: run test demo years install check lock

run:
	@./run

test:
	@./test

demo:
	@./demo

years:
	@tools/years

install:
	@python3 tools/setup.py run

check:
	@tools/check

lock:
	@tools/lock
