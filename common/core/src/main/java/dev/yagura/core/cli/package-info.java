/** What every command of Yagura shares: its flags, its log, and how it starts and stops. */
@NullMarked
package dev.yagura.core.cli;

import org.jspecify.annotations.NullMarked;
