// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.boundary;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The API. Resources and providers are found by their annotations. */
@ApplicationPath("/api/v1")
public class DroverApplication extends Application {}
