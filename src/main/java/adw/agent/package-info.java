/// Coding programs: a prompt in, a typed answer out; one file per output kind.
@NullMarked
package adw.agent;

import org.jspecify.annotations.NullMarked;
