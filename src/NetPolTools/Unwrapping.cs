using System.Management.Automation;

namespace NetPolTools;

/// <summary>PowerShell hands values over with a wrapper around them, or without.</summary>
internal static class Unwrapping
{
    /// <summary>The value itself.</summary>
    public static object? Unwrapped(this object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
