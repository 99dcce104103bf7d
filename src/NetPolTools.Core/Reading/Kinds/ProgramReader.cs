using NetPolTools.Objects;

namespace NetPolTools.Reading.Kinds;

/// <summary>
/// Reads of a pod's containers the ports that probes connect to and the hosts that variables and arguments name. Values themselves are not kept: they may be
/// passwords.
/// </summary>
internal sealed class ProgramReader
{
    private readonly List<PortNumberOrName> _ports = [];
    private readonly HostMentions _hosts = new();

    public IReadOnlyList<PortNumberOrName> ProbedPorts => _ports.Count == 0 ? [] : [.. _ports.Distinct()];

    public IReadOnlyList<MentionedHost> Hosts => _hosts.Found;

    /// <summary>Reads a field of a container; false for one to pass over.</summary>
    /// <param name="name">The field.</param>
    /// <param name="tokens">Stands on its value.</param>
    /// <param name="plugin">Is told of arguments and variables, too.</param>
    public bool ReadField(string name, ManifestTokenReader tokens, PluginContainerReader? plugin)
    {
        switch (name)
        {
            case "livenessProbe" or "readinessProbe" or "startupProbe":
                QuietWalk.EachField(tokens, way => ReadProbe(way, tokens));
                return true;
            case "command" or "args":
                var arguments = QuietWalk.Texts(tokens);
                plugin?.AddArguments(arguments);
                foreach (var argument in arguments)
                    _hosts.AddArgument(argument);
                return true;
            case "env":
                QuietWalk.EachItem(tokens, () => ReadVariable(tokens, plugin));
                return true;
            default:
                return false;
        }
    }

    /// <summary>A probe that runs a program in the container connects to nothing.</summary>
    private bool ReadProbe(string way, ManifestTokenReader tokens)
    {
        if (way is not ("httpGet" or "tcpSocket" or "grpc"))
            return false;
        QuietWalk.EachField(tokens, field =>
        {
            if (field != "port")
                return false;
            var isNumber = tokens.Kind == ManifestTokenKind.Number;
            if (QuietWalk.Text(tokens) is { Length: > 0 } text)
            {
                if (!isNumber)
                    _ports.Add(new PortNumberOrName(0, text));
                else if (int.TryParse(text, out var number))
                    _ports.Add(new PortNumberOrName(number, null));
            }

            return true;
        });
        return true;
    }

    private void ReadVariable(ManifestTokenReader tokens, PluginContainerReader? plugin)
    {
        string? name = null, value = null;
        QuietWalk.EachField(tokens, field =>
        {
            if (field == "name")
                name = QuietWalk.Text(tokens);
            else if (field == "value")
                value = QuietWalk.Text(tokens);
            else
                return false;
            return true;
        });
        if (name is null || value is null)
            return;
        plugin?.AddVariable(name, value);
        _hosts.AddVariable(name, value);
    }
}
