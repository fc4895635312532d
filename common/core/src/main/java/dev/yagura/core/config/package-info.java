/** One YAML file, read into records: a record that exists is valid. */
@NullMarked
package dev.yagura.core.config;

import org.jspecify.annotations.NullMarked;
