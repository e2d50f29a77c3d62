"""Runs Lambda functions as processes of this machine's Node.js. The open core runs them in Docker only."""
import json
import os
import subprocess
import tempfile
import threading
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate

from localstack import config
from localstack.services.lambda_.invocation.executor_endpoint import StatusErrorException
from localstack.services.lambda_.invocation.lambda_models import InvocationResult
from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin
from localstack.services.lambda_.invocation.runtime_executor import RuntimeExecutor

RUNTIME = os.path.join(os.path.dirname(__file__), "runtime.cjs")
START_SECONDS = 30


class HostExecutorPlugin(RuntimeExecutorPlugin):
    name = "host"

    def load(self, *args, **kwargs):
        return HostExecutor


class HostExecutor(RuntimeExecutor):
    """One execution environment: a process that gets invocations and sends results as lines of JSON over two pipes."""

    process = None

    def start(self, env_vars):
        self.environment = {name: str(value) for name, value in env_vars.items()}
        self.log = tempfile.TemporaryFile()
        self._spawn()

    def _spawn(self):
        code = str(self.function_version.config.code.get_unzipped_code_location())
        requests_out, self.requests = os.pipe()
        answers, answers_in = os.pipe()
        self.answers = os.fdopen(answers)
        self.process = subprocess.Popen(
            [os.environ["SCIM_NODE"], RUNTIME, str(requests_out), str(answers_in)],
            cwd=code,
            env={"PATH": os.environ["PATH"], **self.environment, "LAMBDA_TASK_ROOT": code},
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
            pass_fds=(requests_out, answers_in),
        )
        os.close(requests_out)
        os.close(answers_in)
        ready = self._answer(START_SECONDS)
        if "ready" not in ready:
            raise StatusErrorException("Initialisation failed", payload=json.dumps(ready["error"]).encode())

    def _answer(self, seconds):
        line = Future()
        threading.Thread(target=lambda: line.set_result(self.answers.readline()), daemon=True).start()
        try:
            text = line.result(timeout=seconds)
        except TooLate:
            self._kill()
            message = f"Task timed out after {seconds:.2f} seconds"
            return {"error": {"errorType": "Sandbox.Timedout", "errorMessage": message}}
        if text:
            return json.loads(text)
        self._kill()
        return {"error": {"errorType": "Runtime.ExitError", "errorMessage": "Error: Runtime exited"}}

    def invoke(self, payload, **_):
        if self.process.poll() is not None:
            self._spawn()
        begin = os.fstat(self.log.fileno()).st_size
        data = (json.dumps(payload) + "\n").encode()
        while data:
            data = data[os.write(self.requests, data):]
        answer = self._answer(self.function_version.config.timeout)
        log = os.pread(self.log.fileno(), 1 << 20, begin).decode(errors="replace")
        request = payload["invoke-id"]
        failed = "error" in answer
        body = json.dumps(answer["error"] if failed else answer.get("result")).encode()
        logs = f"START RequestId: {request} Version: $LATEST\n{log}END RequestId: {request}\n"
        return InvocationResult(request, body, is_error=failed, logs=logs)

    def _kill(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def stop(self):
        self._kill()

    def get_address(self):
        return "127.0.0.1"

    def get_endpoint_from_executor(self):
        return "127.0.0.1"

    def get_runtime_endpoint(self):
        return f"http://127.0.0.1:{config.GATEWAY_LISTEN[0].port}/_localstack_lambda/{self.id}"

    def get_logs(self):
        return os.pread(self.log.fileno(), 1 << 20, 0).decode(errors="replace") if self.process else ""

    @classmethod
    def prepare_version(cls, function_version):
        function_version.config.code.prepare_for_execution()

    @classmethod
    def cleanup_version(cls, function_version):
        pass
