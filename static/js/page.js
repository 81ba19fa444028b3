// The pages that are made for one person. `collectstatic` puts the parts here in place of their names.
import "../vendor/htmx.min.js";
import "./site.js";
