# The commands that people use. Each is a script, so that it can be read and run alone.

PREFIX ?= /usr/local

.PHONY: demo test bench install clean

# Opens a window to play with; without a DISPLAY, plays into one and leaves demo.png and demo.log.
# SAMPLE=draw or another one below Samples runs that instead.
demo:
	scripts/demo.sh $(SAMPLE)

# Everything that has to hold before a change lands.
test:
	scripts/test.sh

# What our work costs beside what others' does. STRICT=1 fails when a limit is missed.
bench:
	scripts/bench.sh

# PREFIX=p puts the headers, librat.so and rat.pc below p. DESTDIR goes in front, for packagers.
install:
	scripts/install.sh "$(PREFIX)"

clean:
	rm -rf .build .build-* demo.png demo.log
