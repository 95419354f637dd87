/**
 * The pipeline: the only place that knows the order of the stages. Usable without OSGi, by handing
 * it a {@link org.inverso.core.StageSet}.
 */
@Version("1.0.0")
package org.inverso.core;

import org.osgi.annotation.versioning.Version;
