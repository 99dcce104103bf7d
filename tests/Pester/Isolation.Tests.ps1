BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')

    # Another module's YamlDotNet, of a version that ours is not. Add-Type gives its assemblies names of its own, so it is compiled by hand.
    $other = Join-Path $TestDrive 'other/YamlDotNet.dll'
    New-Item (Split-Path $other) -ItemType Directory | Out-Null
    Add-Type -TypeDefinition 'public class LoadsTheCompiler { }'
    $source = '[assembly: System.Reflection.AssemblyVersion("99.0.0.0")] namespace YamlDotNet { public class Other { } }'
    $trees = [Microsoft.CodeAnalysis.SyntaxTree[]]@([Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree]::ParseText($source))
    $references = [Microsoft.CodeAnalysis.MetadataReference[]]@([Microsoft.CodeAnalysis.MetadataReference]::CreateFromFile([object].Assembly.Location))
    $options = [Microsoft.CodeAnalysis.CSharp.CSharpCompilationOptions]::new([Microsoft.CodeAnalysis.OutputKind]::DynamicallyLinkedLibrary)
    $stream = [IO.File]::Create($other)
    try {
        $emitted = [Microsoft.CodeAnalysis.CSharp.CSharpCompilation]::Create('YamlDotNet', $trees, $references, $options).Emit($stream)
    }
    finally { $stream.Dispose() }
    $emitted.Success | Should -BeTrue

    $import = "Import-Module '$env:NETPOLTOOLS_MODULE'"
    $anchored = Join-Path $TestDrive anchored.yaml
    Set-Content $anchored '{apiVersion: v1, kind: Namespace, metadata: &anchor {name: other}}'
    $use = "(Get-NetPolSnapshot '$threeTier', '$anchored').WorkloadCount"
    $load = "[Reflection.Assembly]::LoadFrom('$other').GetName().Version.ToString()"
    $loaded = "([AppDomain]::CurrentDomain.GetAssemblies().GetName().Name -match 'YamlDotNet') -join ' '"
    $report = @'
[YamlDotNet.Other].Assembly.GetName().Version.ToString()
$loaded = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'YamlDotNet' }
($loaded | ForEach-Object { [Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name } | Sort-Object) -join ', '
'@

    # Sessions take their time to start. Within one: JSON and plain YAML, then more of YAML, then their assembly by its plain name, then that of the other
    # module.
    $oursFirst = Invoke-FreshSession (@(
            $import
            "(Get-NetPolSnapshot '$threeTierJson').WorkloadCount + (Get-NetPolSnapshot '$threeTier').WorkloadCount"
            "`"loaded: `$($loaded)`""
            $use
            "try { [Reflection.Assembly]::Load('YamlDotNet').FullName } catch { 'not found' }"
            $load
            $report
        ) -join "`n")
    $otherFirst = Invoke-FreshSession ($load, $import, $use, $report -join "`n")
}

Describe 'Another version of YamlDotNet' {
    It 'loaded <Order> ours stays what its module wanted, and ours reads YAML' -ForEach @(
        @{ Order = 'before' }
        @{ Order = 'after' }
    ) {
        $lines = if ($Order -eq 'before') { $otherFirst } else { $oursFirst[2, 4, 5, 6] }
        $lines[0..1] | Sort-Object | Should -Be '3', '99.0.0.0'
        $lines[2] | Should -Be '99.0.0.0'
        $lines[3] | Should -Be 'Default, NetPolTools.Yaml'
        $lines | Should -HaveCount 4
    }

    It 'may be asked for by its plain name afterwards and is not ours' {
        $oursFirst[2, 3] | Should -Be '3', 'not found'
    }
}

Describe 'Assemblies' {
    It 'of others are not loaded before YAML is read that is not plain' {
        $oursFirst[0, 1] | Should -Be '6', 'loaded: '
    }
}
