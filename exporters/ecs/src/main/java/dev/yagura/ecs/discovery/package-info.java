/** What Prometheus is to scrape in ECS: the list of {@code GET /sd/ecs}, and how it is made. */
@NullMarked
package dev.yagura.ecs.discovery;

import org.jspecify.annotations.NullMarked;
