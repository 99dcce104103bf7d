BeforeAll {
    Import-Module $env:NETPOLTOOLS_MODULE -Force
    $manifests = Join-Path $PSScriptRoot '../manifests'
    $threeTier = Join-Path $manifests 'three-tier'

    function Get-Line { process { "$_" } }
}

Describe 'Get-NetPolReachability' {
    It 'tells who reaches the database of the three-tier application' {
        $to = @(Get-NetPolReachability $threeTier -To db)
        $to | Should -HaveCount 1
        $to[0].Source | Should -Be 'api'
        $to[0].Ports.ToString() | Should -Be 'TCP 3306'
        $to[0].Verdict | Should -Be 'Allowed'
    }

    It 'gives the same for piped objects as for files' {
        $expected = Get-NetPolReachability $threeTier | Get-Line
        $objects = Get-Content (Join-Path $manifests 'three-tier.json') -Raw | ConvertFrom-Json
        $objects | Get-NetPolReachability | Get-Line | Should -Be $expected
    }

    It 'reads lines of YAML from the pipeline' {
        $expected = Get-NetPolReachability $threeTier | Get-Line
        $lines = foreach ($file in Get-ChildItem $threeTier) { Get-Content $file; '---' }
        $lines | Get-NetPolReachability | Get-Line | Should -Be $expected
    }

    It 'reports a broken manifest with its place and goes on with the others' {
        $broken = Join-Path $TestDrive 'broken.yaml'
        "kind: NetworkPolicy`napiVersion: networking.k8s.io/v1`nmetadata:`n  name: broken`nspec:`n  podSelector:`n    role: db" | Set-Content $broken
        $answer = Get-NetPolReachability $threeTier, $broken -ErrorVariable problems -ErrorAction SilentlyContinue
        $answer | Should -Not -BeNullOrEmpty
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'UnknownField,*'
        $problems[0].Exception.Message | Should -BeLike "*broken.yaml:7:5: NetworkPolicy default/broken: spec.podSelector.role: *matchLabels*"
    }
}
