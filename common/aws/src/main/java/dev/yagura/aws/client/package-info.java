/** Clients of AWS from one place: whose credentials, which region, how long to wait. */
@NullMarked
package dev.yagura.aws.client;

import org.jspecify.annotations.NullMarked;
