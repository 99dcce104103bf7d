using NetPolTools.Objects;
using NetPolTools.Validation;
using static NetPolTools.Dialects.Calico.CalicoRefusals;

namespace NetPolTools.Dialects.Calico;

/// <summary>What Calico refuses in <c>ports</c> and <c>notPorts</c>.</summary>
internal static class CalicoPortRules
{
    private const int MostPorts = 50;

    public static void Check(CalicoProtocol? protocol, IReadOnlyList<CalicoPort> ports, string path, CalicoRefusals found)
    {
        found.CheckLimit(ports.Count, MostPorts, path, "ports");
        for (var i = 0; i < ports.Count; i++)
        {
            if (ports[i].Name is { } name)
            {
                if (NameRules.CheckPortName(name) is { } wrong)
                    found.Add($"{path}[{i}]", $"The port name '{Excerpt.Of(name)}' {wrong}{RangeAdvice(name)}.");
            }
            else if (ports[i].First < 1)
            {
                found.Add($"{path}[{i}]", $"Found {ports[i]}; ports are numbers from 1 to 65535.");
            }
        }

        CheckProtocol(protocol, ports, path, found);
    }

    private static void CheckProtocol(CalicoProtocol? protocol, IReadOnlyList<CalicoPort> ports, string path, CalicoRefusals found)
    {
        if (ports.Count == 0 || protocol is { HasPorts: true })
            return;
        const string message = "A rule with ports must have the protocol TCP, UDP or SCTP.";
        if (protocol is null && ports.All(static port => port.Name is not null))
            found.AddBefore(V332, path, message);
        else
            found.Add(path, message);
    }

    private static string RangeAdvice(string name) => name.AsSpan().IndexOf('-') > 0 && char.IsAsciiDigit(name[0]) ? "; a range is written 6000:7000" : "";
}
