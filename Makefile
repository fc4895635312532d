# The menu. Everything here is a command that can be typed by hand as well.
.DEFAULT_GOAL := help
MVN := mvn -B

.PHONY: help build test ci format golden demo bench-access-log bench-cloudwatch bench-postgres clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## Build what ./yagura runs, without tests
	$(MVN) -q -Dmaven.test.skip=true package

test: ## Everything that is checked: format, lint, tests against real servers
	$(MVN) verify

ci: ## What CI runs, the installation of packages included
	.ci/run

format: ## Format the Java sources
	$(MVN) -q spotless:apply

golden: ## Write the goldens and the generated pages anew; look at the difference before a commit
	$(MVN) verify -Dgolden.update=true

demo: ## Start the Aurora PostgreSQL exporter on a small living database
	./yagura aurora-postgres --demo

bench-access-log: ## Compare popular-objects with gzip, awk and goaccess on a million lines
	$(MVN) -q -DskipTests package -pl benchmarks/access-log,exporters/all -am
	benchmarks/access-log/run --yagura $(CURDIR)/yagura --out target/bench-access-log.md

bench-cloudwatch: ## Compare with cloudwatch_exporter on one double of AWS, side by side; a quarter of an hour
	$(MVN) -q -DskipTests package -pl benchmarks/cloudwatch -am
	$(MVN) -q -f benchmarks/cloudwatch/peer/pom.xml package
	benchmarks/cloudwatch/run --yagura $(CURDIR)/yagura --out target/bench-cloudwatch.md

bench-postgres: ## Compare with postgres_exporter, side by side
	$(MVN) -q -DskipTests package -pl benchmarks/postgres -am
	YAGURA_JAVA_OPTS=-Xmx32m benchmarks/postgres/run --yagura $(CURDIR)/yagura --warm-ups 10 \
	  --out target/bench-postgres.md

clean: ## Remove what was built
	$(MVN) -q clean
