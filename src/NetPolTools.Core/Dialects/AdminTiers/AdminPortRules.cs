using NetPolTools.Sets;
using NetPolTools.Validation;

namespace NetPolTools.Dialects.AdminTiers;

/// <summary>What the API server refuses in the ports of an admin policy's rule.</summary>
internal static class AdminPortRules
{
    public static void Check(AdminPolicyKind kind, IReadOnlyList<AdminPort>? ports, string path, List<FieldError> errors)
    {
        if (ports is null)
            return;
        AdminPolicyRules.CheckCount(ports.Count, kind.HasProtocols ? 1 : 0, kind.MostItems, path, errors);
        for (var i = 0; i < ports.Count; i++)
            Check(ports[i], $"{path}[{i}]", errors);
    }

    private static void Check(AdminPort port, string path, List<FieldError> errors)
    {
        AdminPolicyRules.CheckOne(port.MemberCount, path, errors);
        if (port.PortNumber is { } number)
            CheckPort(number.Port, $"{path}.portNumber.port", errors);
        if (port.PortRange is { } range)
            CheckRange(range, $"{path}.portRange", errors);
        foreach (var protocol in port.Protocols)
        {
            if (protocol.DestinationPort is { } destination)
                Check(destination, $"{path}.{protocol.Name}.destinationPort", errors);
            else
                errors.Add(new FieldError($"{path}.{protocol.Name}", $"{path}.{protocol.Name} in body should have at least 1 properties."));
        }
    }

    private static void Check(AdminDestinationPort port, string path, List<FieldError> errors)
    {
        AdminPolicyRules.CheckOne((port.Number is null ? 0 : 1) + (port.Range is null ? 0 : 1), path, errors);
        if (port.Number is not null)
            CheckPort(port.Number, $"{path}.number", errors);
        if (port.Range is not { } range)
            return;
        CheckRange(range, $"{path}.range", errors);
        if (range.Start >= range.End)
            errors.Add(new FieldError($"{path}.range", "Start port must be less than End port."));
    }

    private static void CheckRange(AdminPortRange range, string path, List<FieldError> errors)
    {
        CheckPort(range.Start, $"{path}.start", errors);
        CheckPort(range.End, $"{path}.end", errors);
    }

    private static void CheckPort(int? port, string path, List<FieldError> errors) =>
        AdminPolicyRules.CheckNumber(port, path, PortSet.MinPort, PortSet.MaxPort, errors);
}
