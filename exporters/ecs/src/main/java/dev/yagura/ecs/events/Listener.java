package dev.yagura.ecs.events;

import dev.yagura.ecs.services.EventCounter;
import dev.yagura.ecs.tasks.TaskTracker;

/** Who is told what happens in one cluster. */
public record Listener(TaskTracker tasks, EventCounter services) {}
