using System.Collections;
using System.Management.Automation;
using NetPolTools.Sets;
using NetPolTools.Text;

namespace NetPolTools.Output;

/// <summary>
/// Reads what views show by the names of properties: PowerShell uses the same view for an object that came back from a job, from another machine or
/// from Import-Clixml, which has the properties and is of no type of ours.
/// </summary>
internal static class Shown
{
    /// <summary>About as wide as the second of three columns is on 120.</summary>
    private const int LongestLine = 42;

    /// <summary>A property as text that steers no terminal; empty where there is none.</summary>
    public static string Text(PSObject shown, string property) => Printable.Of(Value(shown, property)?.ToString() ?? "");

    /// <summary><c>shop/web</c>, in a cell of a table: names that are too long for a line begin one of their own.</summary>
    public static string Qualified(string ns, string name) =>
        ns.Length + name.Length < LongestLine ? NetPolConnection.Qualified(ns, name) : $"{ns}/\n{name}";

    /// <summary>The elements of a property as texts.</summary>
    public static string[] Texts(PSObject shown, string property) => Value(shown, property) switch
    {
        null => [],
        string text => [Printable.Of(text)],
        IEnumerable list => [.. list.Cast<object?>().Select(static item => Printable.Of(item?.ToString() ?? ""))],
        var one => [Printable.Of(one.ToString() ?? "")],
    };

    /// <summary>The ports of a property: an object that came back holds their texts.</summary>
    public static PortSet Ports(PSObject shown, string property) => Value(shown, property) is NetPolPorts live
        ? live.Set
        : PortSet.TryParse(string.Join(' ', Texts(shown, property)), out var ports) ? ports : PortSet.None;

    private static object? Value(PSObject shown, string property) => shown.Properties[property]?.Value.Unwrapped();
}
