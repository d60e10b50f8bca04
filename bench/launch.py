"""Runs a command and writes what it cost: python launch.py USAGE SECONDS COMMAND.

A process of its own, and a small one: the peak memory of a command is at least that of who starts it.
"""

import json
import os
import signal
import sys
import time

usage_file, timeout, *command = sys.argv[1:]
start = time.monotonic()
child = os.fork()
if not child:
    os.setpgid(0, 0)
    os.execvp(command[0], command)
signal.signal(signal.SIGALRM, lambda *_: os.killpg(child, signal.SIGKILL))
signal.setitimer(signal.ITIMER_REAL, float(timeout))
_, status, usage = os.wait4(child, 0)
seconds = time.monotonic() - start
result = {
    "seconds": seconds,
    "cpu": usage.ru_utime + usage.ru_stime,
    "megabytes": usage.ru_maxrss / 1024,
    "stopped": os.waitstatus_to_exitcode(status) == -signal.SIGKILL and seconds >= float(timeout),
}
with open(usage_file, "w") as file:  # noqa: PTH123  # pathlib is large
    json.dump(result, file)
