BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
    $snapshot = Get-NetPolSnapshot $threeTier
    # As a server gives it: defaults filled in, fields of its own, keys in another order.
    $fromServer = @'
{"apiVersion":"v1","items":[{"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{
"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{}"},
"creationTimestamp":"2024-05-01T10:00:00Z","generation":1,"labels":{"on":"true","version":"80"},
"managedFields":[{"manager":"kubectl"}],"name":"web","namespace":"shop",
"resourceVersion":"7","uid":"0f"},"spec":{"ingress":[{"ports":[{"port":80,"protocol":"TCP"}]}],
"podSelector":{"matchLabels":{"app":"web"}},"policyTypes":["Ingress"]}}],"kind":"List"}
'@
    $clean = @'
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
  namespace: shop
  labels:
    "on": "true"
    version: "80"
spec:
  podSelector:
    matchLabels:
      app: web
  policyTypes:
  - Ingress
  ingress:
  - ports:
    - protocol: TCP
      port: 80
'@ -replace "`r`n", "`n"
}

Describe 'Export-NetPolYaml to the pipeline' {
    It 'writes <Name> as people write it' -ForEach @(
        @{ Name = 'what ConvertFrom-Json gives'; Convert = { $fromServer | ConvertFrom-Json } }
        @{ Name = 'what ConvertFrom-Json -AsHashtable gives'; Convert = { $fromServer | ConvertFrom-Json -AsHashtable } }
        @{ Name = 'lines of JSON'; Convert = { $fromServer -split "`n" } }
        @{ Name = 'a text of JSON'; Convert = { $fromServer } }
        @{ Name = 'a policy of a snapshot'; Convert = { ($fromServer | ConvertFrom-Json | Get-NetPolSnapshot).NetworkPolicies } }
        @{ Name = 'a snapshot'; Convert = { $fromServer | ConvertFrom-Json | Get-NetPolSnapshot } }
    ) {
        $yaml = & $Convert | Export-NetPolYaml
        # Labels of a hashtable come in no order of their own.
        if ($Name -match 'Hashtable') {
            $yaml | Get-NetPolSnapshot | ForEach-Object { $_.NetworkPolicies } | Export-NetPolYaml | Should -Be $clean
        }
        else { $yaml | Should -Be $clean }
    }

    It 'writes JSON that kubectl and the module read back' {
        $json = $fromServer | Export-NetPolYaml -AsJson
        $json | Should -HaveCount 1
        ($json | ConvertFrom-Json).spec.podSelector.matchLabels.app | Should -Be web
        ($json | ConvertFrom-Json).spec.ingress[0].ports[0].port | Should -BeOfType long
        $json | Export-NetPolYaml | Should -Be $clean
        $policies = New-DefaultDenyPolicy shop, test -AllowDns
        $made = $policies | Export-NetPolYaml -AsJson | ConvertFrom-Json
        $made.metadata.name | Sort-Object -Unique | Should -Not -BeNullOrEmpty
        $made | Export-NetPolYaml | Should -Be ($policies | Export-NetPolYaml)
        $file = Join-Path $TestDrive policies.json
        $policies | Export-NetPolYaml $file
        (Get-Content $file -Raw | ConvertFrom-Json).kind | Should -Be List
        Get-Item $file | Export-NetPolYaml | Should -Be ($policies | Export-NetPolYaml)
        $policies | Export-NetPolYaml (Join-Path $TestDrive 'json/') -AsJson -PassThru | ForEach-Object Extension | Select-Object -Unique | Should -Be .json
    }

    It 'writes nothing of an item that neither says what it is nor stands in a list that does' {
        $yaml = "apiVersion: v1`nitems:`n- metadata:`n    name: default`n  spec: {}`n" | Export-NetPolYaml -ErrorAction SilentlyContinue -ErrorVariable errors
        $yaml | Should -BeNullOrEmpty
        $errors.Count | Should -BeGreaterThan 0
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'NotAnObject*'
    }

    It 'writes for a version of Kubernetes: forms that later ones refuse are a warning there and an error from there on' {
        $policy = New-Policy -Spec @{ ingress = @(@{ from = @(@{ ipBlock = @{ cidr = '10.1.2.3/16' } }) }) }
        $policy | Export-NetPolYaml -ErrorAction SilentlyContinue -ErrorVariable errors | Should -BeNullOrEmpty
        $errors[0].ToString() | Should -Match 'Kubernetes 1.36 refuses it'
        $policy | Export-NetPolYaml -KubernetesVersion 1.30 -WarningVariable warnings -WarningAction SilentlyContinue | Should -Match '10\.1\.2\.3/16'
        $warnings.Count | Should -Be 1
        { $policy | Export-NetPolYaml -KubernetesVersion latest } | Should -Throw '*is no version of Kubernetes*'
        ($policy | Get-NetPolSnapshot -KubernetesVersion 1.30 -WarningAction SilentlyContinue).NetworkPolicyCount | Should -Be 1
    }

    It 'keeps what only the server writes with -Full' {
        $fromServer | Export-NetPolYaml -Full | Should -Match 'managedFields:'
    }

    It 'gives a document per object, each of which begins with ---, so that they may be joined' {
        $yaml = $snapshot | Export-NetPolYaml
        $yaml.Count | Should -Be $snapshot.NetworkPolicyCount
        $yaml | Should -Match '^---\n'
        ($yaml | Get-NetPolSnapshot).NetworkPolicyCount | Should -Be $snapshot.NetworkPolicyCount
        ($yaml -join "`r`n" | Get-NetPolSnapshot).NetworkPolicyCount | Should -Be $snapshot.NetworkPolicyCount
    }

    It 'writes other kinds whole' {
        @{ apiVersion = 'v1'; kind = 'ConfigMap'; metadata = @{ name = 'a' }; data = @{ k = "1`n2`n" } } | Export-NetPolYaml | Should -Match 'k: \|\n +1\n +2\n'
    }

    It 'says so of objects that were read only in part' {
        $snapshot.Workloads | Export-NetPolYaml -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -Be (@('NotExportable,NetPolTools.Commands.ExportNetPolYamlCommand') * 3)
        "$($problems[0].TargetObject)" | Should -Be "$($snapshot.Workloads[0])"
    }

    It 'says what is wrong with a policy and writes the others' {
        $yaml = (New-Policy one), (New-Policy two default @{ ingress = @(@{ from = @(@{}) }) }), (New-Policy three) |
            Export-NetPolYaml -ErrorVariable problems -ErrorAction SilentlyContinue
        $yaml.Count | Should -Be 2
        $problems.FullyQualifiedErrorId | Should -Be 'InvalidValue,NetPolTools.Commands.ExportNetPolYamlCommand'
        "$problems" | Should -Match 'spec\.ingress\[0\]\.from\[0\]'
    }

    It 'writes times as Kubernetes does, and warns where ConvertFrom-Json has lost how one was written' {
        $text = '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","annotations":{"at":"AT"}}}'
        $text -creplace 'AT', '2024-05-01T10:00:00Z' | ConvertFrom-Json | Export-NetPolYaml -WarningVariable warnings |
            Should -Match 'at: "2024-05-01T10:00:00Z"'
        $warnings | Should -BeNullOrEmpty
        $text -creplace 'AT', '2024-05-01T10:00:00+02:00' | ConvertFrom-Json | Export-NetPolYaml -WarningVariable warnings -WarningAction SilentlyContinue |
            Out-Null
        "$warnings" | Should -Match 'DateKind'
        $text -creplace 'AT', '2024-05-01T10:00:00+02:00' | Export-NetPolYaml | Should -Match 'at: "2024-05-01T10:00:00\+02:00"'
    }

    It 'refuses objects of .NET, and knows addresses and versions' {
        @{ apiVersion = 'v1'; kind = 'ConfigMap'; metadata = @{ name = 'a' }; data = @{ ip = [ipaddress]'192.0.2.1' } } | Export-NetPolYaml |
            Should -Match 'ip: 192.0.2.1'
        { @{ apiVersion = 'v1'; kind = 'ConfigMap'; metadata = @{ name = 'a' }; data = @{ x = [Text.StringBuilder]'b' } } |
            Export-NetPolYaml -ErrorAction Stop } |
            Should -Throw '*System.Text.StringBuilder*'
    }

    It 'pipes into kubectl' -Skip:(-not (Get-Command kubectl -CommandType Application -ErrorAction Ignore)) {
        # Labels are set without a cluster.
        New-DefaultDenyPolicy shop -AllowDns | Export-NetPolYaml | kubectl label --local -f - -o name checked=yes |
            Should -Be 'networkpolicy.networking.k8s.io/default-deny', 'networkpolicy.networking.k8s.io/allow-dns'
    }

    It 'writes nothing of nothing' {
        $null | Export-NetPolYaml | Should -BeNullOrEmpty
        @() | Export-NetPolYaml | Should -BeNullOrEmpty
    }
}

Describe 'Export-NetPolYaml to files' {
    BeforeEach { $folder = Join-Path $TestDrive "out $([guid]::NewGuid())" }

    It 'writes a file for each into a folder, also one with a blank in its name, and reads back' {
        $snapshot | Export-NetPolYaml -Path $folder | Should -BeNullOrEmpty
        (Get-ChildItem $folder).Name | Should -Be 'shop.api.yaml', 'shop.db.yaml', 'shop.default-deny-ingress.yaml', 'shop.web.yaml'
        Compare-NetPolReachability $threeTier (Get-ChildItem $folder) -Apply | Should -BeNullOrEmpty
    }

    It 'writes one file for all' {
        $file = Join-Path $folder 'all.yaml'
        $snapshot | Export-NetPolYaml $file
        (Get-NetPolSnapshot $file).NetworkPolicyCount | Should -Be 4
        [IO.File]::ReadAllBytes($file)[0..3] | Should -Be ([byte[]][char[]]"---`n")
    }

    It 'gives the files with -PassThru' {
        $files = $snapshot | Export-NetPolYaml $folder -PassThru
        $files | Should -BeOfType ([IO.FileInfo])
        ($files | Get-NetPolSnapshot).NetworkPolicyCount | Should -Be 4
        $files | Get-Content | Should -Contain 'kind: NetworkPolicy'
    }

    It 'replaces a file that holds something else only with -Force, whether read-only or not' {
        $file = Join-Path $folder 'web.yaml'
        New-Policy a | Export-NetPolYaml $file
        { New-Policy b | Export-NetPolYaml $file -ErrorAction Stop } | Should -Throw -ErrorId 'FileExists,NetPolTools.Commands.ExportNetPolYamlCommand'
        { New-Policy b | Export-NetPolYaml $file -NoClobber -ErrorAction Stop } |
            Should -Throw -ErrorId 'FileExists,NetPolTools.Commands.ExportNetPolYamlCommand'
        Get-Content $file -Raw | Should -Match 'name: a'
        Set-ItemProperty $file IsReadOnly $true
        New-Policy b | Export-NetPolYaml $file -Force
        Get-Content $file -Raw | Should -Match 'name: b'
    }

    It 'leaves a file as it is where not everything that came in could be written, also with -Force' {
        $file = Join-Path $folder 'all.yaml'
        (New-Policy one), (New-Policy two) | Export-NetPolYaml $file
        (New-Policy one), (New-Policy two default @{ ingress = @(@{ from = @(@{}) }) }) |
            Export-NetPolYaml $file -Force -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.FullyQualifiedErrorId |
            Should -Be 'InvalidValue,NetPolTools.Commands.ExportNetPolYamlCommand', 'FileExists,NetPolTools.Commands.ExportNetPolYamlCommand'
        (Get-NetPolSnapshot $file).NetworkPolicyCount | Should -Be 2
    }

    It 'has nothing to say where a file holds the same already' {
        $snapshot | Export-NetPolYaml $folder
        $snapshot | Export-NetPolYaml $folder -ErrorVariable problems
        $problems | Should -BeNullOrEmpty
    }

    It 'refuses -Force together with -NoClobber' {
        { New-Policy a | Export-NetPolYaml $folder -Force -NoClobber } | Should -Throw -ErrorId 'InvalidValue,NetPolTools.Commands.ExportNetPolYamlCommand'
    }

    It 'writes nothing with -WhatIf' {
        $snapshot | Export-NetPolYaml $folder -WhatIf
        Test-Path $folder | Should -BeFalse
    }

    It 'leaves no half-written file behind where it cannot write' {
        New-Item $folder -ItemType Directory | Out-Null
        New-Item (Join-Path $folder 'default.a.yaml') -ItemType Directory | Out-Null
        New-Policy a | Export-NetPolYaml $folder -Force -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.FullyQualifiedErrorId | Should -Be 'UnwritableFile,NetPolTools.Commands.ExportNetPolYamlCommand'
        (Get-ChildItem $folder -Force).Name | Should -Be 'default.a.yaml'
    }

    It 'writes the first of two objects that would have the same file, and says so' {
        (New-Policy a), (New-Policy a default @{ ingress = @(@{}) }) | Export-NetPolYaml $folder -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.FullyQualifiedErrorId | Should -Be 'FileExists,NetPolTools.Commands.ExportNetPolYamlCommand'
        (Get-NetPolSnapshot $folder).NetworkPolicyCount | Should -Be 1
    }

    It 'takes a path in which brackets are meant as they are' {
        $file = Join-Path $folder 'a[1].yaml'
        New-Policy a | Export-NetPolYaml $file
        Test-Path -LiteralPath $file | Should -BeTrue
    }
}
