.DEFAULT_GOAL := help

.PHONY: help build check test test-api fmt lint doc render ci build-prod validate-k8s

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "%-14s %s\n", $$1, $$2 }' Makefile

build: ## write k8s/ and build the program
	cargo build

check: ## compare k8s/ with the declarations and write nothing
	REACTBIN_EMIT=check cargo build

test: ## run every test
	cargo test --workspace

test-api: ## run the API's own tests (needs Python 3.11 or newer)
	python3 -m venv target/api
	target/api/bin/pip install --quiet -r api/requirements-dev.txt
	cd api && ../target/api/bin/python -m pytest

fmt: ## format the code
	cargo fmt --all

lint: ## check the format and run clippy
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings

doc: ## build the reference of the language and open it
	cargo doc --workspace --no-deps --open

# For example: make render OUT=/tmp/k8s SET="--set domain=pics.example.com --set api_tag=1.4.2"
OUT ?= target/rendered
render: ## write a copy of k8s/ with its parameters filled to OUT
	cargo run --quiet -- render --out $(OUT) $(SET)

ci: ## everything that has to hold before a merge
	.ci/run

build-prod: ## build the API's image (needs docker)
	docker build -f api/Dockerfile.prod api/ -t reactbin-api-prod:latest

# kubectl apply --dry-run=client requires a kubeconfig with cluster access, since it asks the API
# server for its schemas; offline validation uses yamllint only: `yamllint -d relaxed k8s/`.
# Without --recursive, kubectl would not descend into the folders of k8s/.
validate-k8s: ## check k8s/ with yamllint, then kubectl (needs a kubeconfig)
	@command -v yamllint >/dev/null || { echo "yamllint is missing; to install it: pip install yamllint" >&2; exit 1; }
	yamllint -d relaxed k8s/
	@command -v kubectl >/dev/null || { echo "kubectl is missing; to install it: https://kubernetes.io/docs/tasks/tools/" >&2; exit 1; }
	kubectl apply --dry-run=client --recursive -f k8s/
