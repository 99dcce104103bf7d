using NetPolTools.Objects;
using NetPolTools.Validation;

namespace NetPolTools.Dialects.Calico;

/// <summary>What Calico refuses in and beside <c>services</c>.</summary>
internal static class CalicoServiceRules
{
    public static void Check(CalicoEntity entity, CalicoService service, string path, CalicoRefusals found)
    {
        if (string.IsNullOrEmpty(service.Name))
            found.Add($"{path}.services", "services must have the name of a Service.");
        else
            CheckName(service.Name, "name");
        if (!string.IsNullOrEmpty(service.Namespace))
            CheckName(service.Namespace, "namespace");

        foreach (var (field, isGiven) in new[]
        {
            ("namespaceSelector", !string.IsNullOrEmpty(entity.NamespaceSelector)),
            ("selector", !string.IsNullOrEmpty(entity.Selector)),
            ("notSelector", !string.IsNullOrEmpty(entity.NotSelector)),
            ("serviceAccounts", entity.ServiceAccounts is not null),
            ("nets", entity.Nets.Count > 0),
            ("notNets", entity.NotNets.Count > 0),
        })
        {
            if (isGiven)
                found.Add($"{path}.{field}", $"{field} and services cannot stand together; write two rules.");
        }

        void CheckName(string name, string field)
        {
            if (NameRules.CheckSubdomain(name) is { } wrong)
                found.Add($"{path}.services.{field}", $"The {field} '{Excerpt.Of(name)}' {wrong}.");
        }
    }
}
