namespace NetPolTools.Linting;

/// <summary>Finds ports of rules that are those of a Service, and not those of the pods behind it.</summary>
internal static class ServicePorts
{
    /// <summary>
    /// The Service whose port a rule names, while the pods behind it listen on another and the rule does not allow that; null for none, and where a pod has
    /// that port, too.
    /// </summary>
    /// <param name="context">The input.</param>
    /// <param name="site">The port.</param>
    /// <param name="pods">That the rule leads to.</param>
    public static ServiceMapping? Used(LintContext context, PortSite site, PodSets pods)
    {
        if (site.Port is not { Port: { Name: null, Number: var number }, EndPort: null }
            || context.Ports.IsDeclared(pods, site.Protocol, number, number)
            || context.Ports.IsServed(pods, site.Protocol, number, number))
        {
            return null;
        }

        foreach (var mapping in context.Ports.LeadingElsewhere(site.Protocol, number))
        {
            if (pods.Overlaps(mapping.Pods) && !Allows(context, site.Rule, mapping))
                return mapping;
        }

        return null;
    }

    private static bool Allows(LintContext context, RuleSite rule, ServiceMapping mapping) => rule.Ports().Any(other =>
        other.Protocol == mapping.Port.Protocol && other.Port.Port switch
        {
            null => true,
            { Name: { } name } => context.Ports.Named(name, other.Protocol).Any(group => group.Pods.Overlaps(mapping.Pods)),
            { Number: var first } => mapping.Targets.Ranges().Any(target => target.First >= first && target.First <= (other.Port.EndPort ?? first)),
        });
}
