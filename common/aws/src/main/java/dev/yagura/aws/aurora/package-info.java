/** Aurora PostgreSQL as the API of RDS shows it: clusters, instances, and who writes. */
@NullMarked
package dev.yagura.aws.aurora;

import org.jspecify.annotations.NullMarked;
