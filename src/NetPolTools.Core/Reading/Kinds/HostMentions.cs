using System.Text.RegularExpressions;
using NetPolTools.Objects;

namespace NetPolTools.Reading.Kinds;

/// <summary>
/// Finds the hosts that settings of a program name: in URLs, before a port, or alone in a setting whose name says that it is a host. Whatever else stands in a
/// setting is not kept.
/// </summary>
internal sealed partial class HostMentions
{
    private const int Most = 64;
    private const int LongestSetting = 2048;

    private readonly List<MentionedHost> _found = [];

    /// <summary>Each once, in order.</summary>
    public IReadOnlyList<MentionedHost> Found => _found;

    /// <summary><c>--db-host=db</c> is a setting with a name, anything else has none.</summary>
    public void AddArgument(string argument)
    {
        var equals = argument.IndexOf('=');
        if (equals > 0 && NameOfSetting().IsMatch(argument.AsSpan(0, equals)))
            AddVariable(argument[..equals].TrimStart('-'), argument[(equals + 1)..]);
        else
            AddVariable("", argument);
    }

    /// <param name="name">Of the setting; may say that it is a host.</param>
    /// <param name="value">May name several hosts with commas between them.</param>
    public void AddVariable(string name, string value)
    {
        if (value.Length is 0 or > LongestSetting)
            return;
        var isHost = NameOfHost().IsMatch(name);
        foreach (var part in value.Split((char[])[',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (Url().Match(part) is { Success: true } url)
                Add(url);
            else if (HostAndPort().Match(part) is { Success: true } plain && (isHost || plain.Groups["port"].Success))
                Add(plain);
        }
    }

    private void Add(Match match)
    {
        var host = new MentionedHost(
            match.Groups["host"].Value.TrimEnd('.'), int.TryParse(match.Groups["port"].ValueSpan, out var port) && port is >= 1 and <= 65535 ? port : null);
        if (_found.Count < Most && !_found.Contains(host))
            _found.Add(host);
    }

    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9+.:-]*://([^/@]*@)?(?<host>[a-z0-9]([a-z0-9.-]*[a-z0-9.])?)(:(?<port>[0-9]{1,5}))?([/?#].*)?$")]
    private static partial Regex Url();

    [GeneratedRegex("^(?<host>[a-z]([a-z0-9.-]*[a-z0-9.])?)(:(?<port>[0-9]{1,5}))?(/.*)?$")]
    private static partial Regex HostAndPort();

    [GeneratedRegex("^-{0,2}[A-Za-z][A-Za-z0-9_.-]*$")]
    private static partial Regex NameOfSetting();

    [GeneratedRegex(
        "(^|[_.-])(host|hostname|addr|address|url|uri|server|servers|endpoint|endpoints|service|broker|brokers|upstream|backend|target)s?$",
        RegexOptions.IgnoreCase)]
    private static partial Regex NameOfHost();
}
