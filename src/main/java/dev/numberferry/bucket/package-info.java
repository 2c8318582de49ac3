/**
 * The bucket with the lists and reports of a fleet, in S3: {@link FleetBucket} reads and writes its
 * objects, whatever is in them. No backup and no secret is there.
 *
 * <p>It knows {@code support} and {@code domain}.
 */
@NullMarked
package dev.numberferry.bucket;

import org.jspecify.annotations.NullMarked;
