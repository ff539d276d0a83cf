# Everything starts here: `make run` on a fresh machine, `make test` on a fresh clone.
SHELL := /bin/bash
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# Python compiles what it runs; compiling every library whole would take a third of the time.
PIP := install --quiet --disable-pip-version-check --no-compile
CHROMIUM := $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)

# Python keeps what it has compiled, whatever the shell says: else each start would compile it anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test test-all lint bench docs shots clean

run: $(VENV)/.run
	$(BIN)/python cli.py demo
	@echo
	@echo "  The demo's logins and the link of its wall stand above and in var/demo-logins.txt."
	@echo "  Wall: open the link.     Desk: http://127.0.0.1:8050/ (sign in as duty)"
	@echo
	$(BIN)/python cli.py run

test: browser far-cameras
	$(MAKE) -j2 $(VENV)/.test $(VENV)/.provider
	$(BIN)/python -m pytest

# The exhaustive part as well: every page in both languages, every role.
test-all: browser far-cameras
	$(MAKE) -j2 $(VENV)/.test $(VENV)/.provider
	$(BIN)/python -m pytest -m ""

lint: $(VENV)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python .ci/audit.py

bench: $(VENV)/.test browser far-cameras
	$(BIN)/python -m bench

docs: $(VENV)/.run
	$(BIN)/python -m docs.generate

shots: $(VENV)/.test browser
	$(BIN)/python -m bench.screenshots

$(VENV)/.run: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip $(PIP) -r requirements.txt
	touch $@

$(VENV)/.test: requirements.txt requirements-test.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip $(PIP) -r requirements-test.txt
	touch $(VENV)/.run $@

$(VENV)/.provider: requirements-provider.txt
	test -x $(VENV)/provider/bin/python || $(PYTHON) -m venv $(VENV)/provider
	$(VENV)/provider/bin/python -m pip $(PIP) -r requirements-provider.txt
	touch $@

# The browser tests need a real Chromium; as root on Debian it is installed, elsewhere asked for.
.PHONY: browser
browser:
ifeq ($(CHROMIUM),)
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium strace; \
	else \
		echo "Please install Chromium (Debian: apt install chromium strace) and try again." >&2; exit 1; \
	fi
else
	@command -v strace >/dev/null || [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null || \
		{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq strace; }
endif

# Cameras to test with: a real RTSP server and ffmpeg; without them those tests are skipped, and fail
# with CI=true.
FAR_CAMERAS := ffmpeg python3-gi gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-good gstreamer1.0-plugins-ugly
.PHONY: far-cameras
far-cameras:
	@/usr/bin/python3 -c "import gi; gi.require_version('GstRtspServer', '1.0')" 2>/dev/null && \
		command -v ffmpeg >/dev/null || [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null || \
		{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(FAR_CAMERAS); } || \
		echo "No RTSP server or ffmpeg could be installed: what needs them is skipped." >&2

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
